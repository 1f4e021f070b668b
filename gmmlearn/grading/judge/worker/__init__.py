"""What runs inside the sandbox: it loads a student's modules, calls their functions and sends values back."""
