"""Hand out the chapters: to students, with solutions, and for other graders."""
