package io.governor.policy;

import io.governor.file.RootedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads folders and files with variables. Stateless. */
final class FolderReading {

  private static final Set<String> VARIABLES =
      new TreeSet<>(List.of("workspace", "home", "temp", "state"));
  private static final String FOLDER =
      "an absolute folder, or one that begins with ~, ${workspace}, ${home}, ${temp} or ${state}";

  private FolderReading() {}

  /** Folders that something may be inside of. */
  static List<String> inside(Located value) {
    List<String> folders = new ArrayList<>();
    for (Located item : value.oneOrMore(FOLDER, PolicyBounds.LIST)) {
      String folder = item.text(FOLDER, 4096);
      if (folder != null && knowsVariables(item, folder)) {
        if (!isAbsolute(folder)) {
          item.refuse("expected " + FOLDER);
        } else if (isAboveRoot(folder)) {
          item.refuse("expected a folder, got a path that leads above the root");
        } else {
          folders.add(folder);
          warnOfDoubt(item, folder);
        }
      }
    }
    return folders;
  }

  /** Folders or files that a command may touch; a relative one is below where it runs. */
  static List<String> touched(Located value) {
    List<String> paths = new ArrayList<>();
    for (Located item : value.oneOrMore("a folder or file", PolicyBounds.LIST)) {
      String path = item.text("a folder or file", 4096);
      if (path != null && knowsVariables(item, path)) {
        paths.add(path);
      }
    }
    return paths;
  }

  private static boolean isAboveRoot(String folder) {
    int depth = 0;
    for (String name : folder.startsWith("/") ? folder.split("/") : new String[0]) {
      boolean stays = name.isEmpty() || name.equals(".");
      depth += stays ? 0 : name.equals("..") ? -1 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private static void warnOfDoubt(Located item, String folder) {
    String below = folder.substring(folder.startsWith("~") ? 1 : folder.indexOf('}') + 1);
    if (!below.isEmpty() && RootedFiles.isDoubtful(below)) {
      item.warn(
          "readers of paths may take this name for another one: every path that spells it is in"
              + " doubt, and satisfies inside as well as its not");
    }
  }

  /** Variables stand at the beginning; elsewhere they would be names like any other. */
  private static boolean knowsVariables(Located item, String path) {
    if (path.indexOf("${", 1) > 0) {
      item.refuse("expected a variable at the beginning only");
      return false;
    }
    for (int open = path.indexOf("${"); open >= 0; open = path.indexOf("${", open + 2)) {
      int close = path.indexOf('}', open);
      String name = close < 0 ? "" : path.substring(open + 2, close);
      if (!VARIABLES.contains(name)) {
        item.refuse(
            "unknown variable; known are ${workspace}, ${home}, ${temp} and ${state}"
                + Words.meant(name, VARIABLES));
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isAbsolute(String folder) {
    boolean drive =
        folder.length() > 2
            && isLetter(folder.charAt(0))
            && folder.charAt(1) == ':'
            && (folder.charAt(2) == '\\' || folder.charAt(2) == '/');
    return drive
        || folder.startsWith("/")
        || folder.startsWith("\\\\")
        || folder.startsWith("${")
        || folder.equals("~")
        || folder.startsWith("~/");
  }
}
