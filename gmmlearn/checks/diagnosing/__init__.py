"""What is wrong with a function, and which known mistake it is: one engine for public checks and hidden tests."""
