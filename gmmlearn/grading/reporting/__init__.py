"""What a class has done, for its instructor: a page, files for spreadsheets and gradebooks, pairs to look at."""
