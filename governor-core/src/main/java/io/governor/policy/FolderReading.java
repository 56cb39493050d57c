package io.governor.policy;

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

  /** FolderReading that something may be inside of. */
  static List<String> inside(Located value) {
    List<String> folders = new ArrayList<>();
    for (Located item : value.oneOrMore(FOLDER, PolicyBounds.LIST)) {
      String folder = item.text(FOLDER, 4096);
      if (folder != null && knowsVariables(item, folder)) {
        if (isAbsolute(folder)) {
          folders.add(folder);
        } else {
          item.refuse("expected " + FOLDER);
        }
      }
    }
    return folders;
  }

  /** FolderReading or files that a command may touch; a relative one is below where it runs. */
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

  private static boolean knowsVariables(Located item, String path) {
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
