"""The program managers' and approvers' views, in the look of the house."""
