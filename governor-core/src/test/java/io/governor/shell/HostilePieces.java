package io.governor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Pieces of text that mean something to a reader of shell commands, so that random and long text
 * reaches its corners.
 */
final class HostilePieces {
  /**
   * Between blanks; {@code ␣}, {@code ⇥} and {@code ⏎} stand for a blank, a tab and a line's end.
   */
  private static final String PIECES =
      """
      ␣ ⇥ ⏎ ; & && | || |& ( ) {␣ } { $( ${ ` ' " \\ \\⏎ < > >> >| >& <& <> &> &>> << <<- <<< <<EOF⏎
      ⏎EOF⏎ EOF <( >( (( )) - -- = A= : / /dev/null 2> 2>&1 >&- -x -o --delete s3://b https://h h:p
      # * ? ~ é 😀 sudo␣ env␣ echo␣ rm␣ /bin/rm␣ git␣ push␣ stash␣ gh␣pr␣ pip3.12␣ install␣
      curl␣-sSLo wget␣-qO scp␣ aws␣ gcloud␣ list kubectl␣ terraform␣ python3␣ docker␣ tar␣
      """;

  /** Each of these opens something, or begins to wait for something. */
  static final List<String> DEEP =
      pieces(
          """
          ( (( $( $(( $(` <( {␣ {␣}␣ ' " '" "$( "` ` \\ <<A␣ <<A⏎ <<'A <<-⇥ ⏎A >&␣ 1> A=$( sudo␣A=1␣
          -e␣ a; list␣
          """);

  /** What long text may stand behind. */
  static final List<String> OPENINGS =
      pieces(
          """
          ls␣" ls␣$( {␣ cat␣<<EOF⏎ cat␣<<A␣<<B␣<<C⏎ curl␣- git␣
          """);

  private HostilePieces() {}

  /** All pieces, characters that text seldom holds, and one more. */
  static List<String> allAnd(String further) {
    List<String> all = new ArrayList<>(pieces(PIECES));
    all.addAll(List.of("\ud83d", "\u0000", "\r", "\u2028", further));
    return all;
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text);
    while (tokens.hasMoreTokens()) {
      pieces.add(tokens.nextToken().replace('␣', ' ').replace('⇥', '\t').replace('⏎', '\n'));
    }
    return pieces;
  }
}
