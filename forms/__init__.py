"""What is asked, how it is checked and what is said. A leaf: imports nothing of ours."""
