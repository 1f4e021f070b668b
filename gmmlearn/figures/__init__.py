"""The pictures of the course, drawn with matplotlib."""
