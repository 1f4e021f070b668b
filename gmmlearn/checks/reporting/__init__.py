"""What a student is told: reports are built from a diagnosis, complete when made, and drawn as text or as HTML."""
