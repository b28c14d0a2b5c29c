"""What was found, as JSON, SARIF, JUnit, HTML, HAR and a few lines of text."""
