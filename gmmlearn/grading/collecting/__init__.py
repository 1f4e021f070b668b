"""Reads what people and learning management systems hand over: whose it is, when it came, where the submission is.

Data goes one way: `downloads` finds the hand-ins of a class by the `names` of files and folders, `archives` opens
them and gives their `members`, `finding` finds the submission in one of them. Nothing here knows a class.
"""
