"""The commands of a student, and what they do."""
