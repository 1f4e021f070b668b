"""For those who carry on the work: builds the answer key, proves the course, lays out a new exercise."""
