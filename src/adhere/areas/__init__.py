"""The policy areas. One folder is one area; deleting the folder deletes the area."""
