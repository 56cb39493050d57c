package io.governor.shell;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code rm} would lose. Only the recursive and forced form counts, and not in the directories
 * for temporary files or below the directory the text starts in: that is the line Claude Code
 * Safety Net documents for its default settings.
 */
final class Removal {
  private static final Option.Valued NO_VALUES = new Option.Valued("", Set.of());

  private Removal() {}

  static @Nullable Loss loss(List<String> arguments, Programs programs) {
    Operands operands = Operands.of(arguments, NO_VALUES);
    boolean recursive = operands.has("-r", "-R", "--recursive");
    boolean forced = operands.has("-f", "--force");
    if (!recursive) {
      return null;
    }
    @Nullable Loss loss = ofTrees(operands.names(), programs);
    return forced || loss == Loss.REMOVES_ROOT_OR_HOME ? loss : null;
  }

  /** The worst of the losses of removing these trees. */
  static @Nullable Loss ofTrees(List<String> targets, Programs programs) {
    @Nullable Loss worst = null;
    for (String target : targets) {
      @Nullable Loss loss = ofTree(target, programs.walker());
      if (loss != null && (worst == null || loss.compareTo(worst) < 0)) {
        worst = loss;
      }
    }
    return worst;
  }

  private static @Nullable Loss ofTree(String target, ScriptWalker walker) {
    if (target.indexOf(Unknown.TEMPORARY) == 0) {
      return inTemporary(target.substring(1));
    }
    int unknown = Unknown.firstIn(target);
    boolean known = Unknown.isKnown(target);
    String fixed =
        known || unknown < 0 ? target : target.substring(0, target.lastIndexOf('/', unknown) + 1);
    @Nullable String path =
        fixed.isEmpty() || !Unknown.isKnown(fixed) ? null : walker.locate(fixed);
    if (path == null) {
      return target.isEmpty() ? null : Loss.REMOVES_TREE;
    }
    return ofPath(path, known, walker.places());
  }

  /** What follows {@code $TMPDIR} must not climb out of it. */
  private static @Nullable Loss inTemporary(String rest) {
    @Nullable String path =
        rest.isEmpty() || rest.startsWith("/") ? LexicalPath.resolve("", "./" + rest) : null;
    return path == null || path.startsWith("..") ? Loss.REMOVES_TREE : null;
  }

  private static @Nullable Loss ofPath(String path, boolean known, Places places) {
    if (Places.isTemporary(path)) {
      return null;
    }
    String emptied = emptied(path);
    if (places.isRootOrHome(emptied)) {
      return known ? Loss.REMOVES_ROOT_OR_HOME : Loss.REMOVES_TREE;
    }
    if (emptied.equals(places.start())) {
      return Loss.REMOVES_WORKSPACE;
    }
    return places.isInWorkspace(emptied) ? null : Loss.REMOVES_TREE;
  }

  /** The directory that a pattern for everything in it empties; other paths as they are. */
  private static String emptied(String path) {
    int slash = path.lastIndexOf('/');
    boolean everything =
        !path.isEmpty() && path.substring(slash + 1).chars().allMatch(c -> c == '*' || c == '.');
    if (!everything || path.endsWith("..")) {
      return path;
    }
    return slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash);
  }

  /** {@code chmod -R} and its like on the root or home. */
  static @Nullable Loss modes(List<String> arguments, Programs programs) {
    Operands operands = Operands.of(arguments, NO_VALUES);
    if (!operands.has("-R", "--recursive")) {
      return null;
    }
    return ofTrees(
                operands
                    .names()
                    .subList(Math.min(1, operands.names().size()), operands.names().size()),
                programs)
            == Loss.REMOVES_ROOT_OR_HOME
        ? Loss.PERMISSIONS
        : null;
  }
}
