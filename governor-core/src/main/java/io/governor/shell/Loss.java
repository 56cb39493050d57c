package io.governor.shell;

/** What a command may lose, and the sentence that says so. The sentences hold nothing typed. */
enum Loss {
  REMOVES_ROOT_OR_HOME("rm -rf of the root or home directory removes everything below it"),
  REMOVES_WORKSPACE("rm -rf of the working directory removes everything in it"),
  REMOVES_TREE("rm -rf removes a tree outside the working and temporary directories"),
  FIND_DELETE("find -delete removes every file it matches"),
  INPUT_RUN("what an input holds would be run as a command"),
  CHECKOUT_PATHS("git checkout of paths discards uncommitted changes"),
  CHECKOUT_FORCE("git checkout --force discards uncommitted changes"),
  SWITCH_FORCE("git switch --force or --discard-changes discards uncommitted changes"),
  RESTORE("git restore discards uncommitted changes"),
  RESET_HARD("git reset --hard discards uncommitted changes"),
  RESET_MERGE("git reset --merge may discard uncommitted changes"),
  CLEAN_FORCE("git clean -f removes untracked files"),
  PUSH_FORCE("git push --force overwrites the history of the remote repository"),
  PUSH_DELETE("git push of a deletion removes a branch of the remote repository"),
  BRANCH_DELETE("git branch -D deletes a branch that may not be merged"),
  STASH_DROP("git stash drop or clear deletes stashed changes"),
  WORKTREE_FORCE("git worktree remove --force discards uncommitted changes"),
  HISTORY("git removes commits that nothing else may hold"),
  DEVICE("writing to a device overwrites what is stored on it"),
  FORMAT("making, wiping or removing a file system or volume loses what is stored on it"),
  SHRED("shred overwrites files beyond recovery"),
  TRUNCATE("truncate cuts off the contents of files"),
  PERMISSIONS("changing modes or owners of the root or home directory cannot be undone"),
  FORK_BOMB("a function that starts itself twice fills the process table"),
  INFRASTRUCTURE("infrastructure would be destroyed"),
  CLUSTER("resources of a cluster would be deleted"),
  CONTAINERS("containers, images or volumes would be deleted"),
  CLOUD("cloud resources or stored objects would be deleted"),
  DATABASE("a database or its contents would be deleted"),
  REPOSITORY("a hosted repository or published package would be deleted"),
  ACCOUNT("an account with its files or its scheduled jobs would be deleted");

  private final String sentence;

  Loss(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
