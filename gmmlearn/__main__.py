"""`python -m gmmlearn`: the command line, also where only this folder is at hand."""

from .cli import main

if __name__ == "__main__":  # a process that judges imports this file as well
    main()
