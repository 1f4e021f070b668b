"""What measures the project: how strict its checks are, and how fast it is."""
