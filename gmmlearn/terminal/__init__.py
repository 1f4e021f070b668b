"""What the commands of `gmmlearn` do; `cli.py` shows it and exits."""
