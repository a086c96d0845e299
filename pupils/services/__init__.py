"""What can be done with pupils; each service is one rule-bearing write."""
