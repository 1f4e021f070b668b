"""A class in a folder: made, judged, looked at."""
