"""`python -m gmmlearn`: the command line, also where only this folder is at hand."""

from .cli import main

main()
