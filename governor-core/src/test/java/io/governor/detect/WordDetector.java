package io.governor.detect;

/** A host's detector: finds one word. */
class WordDetector implements Detector {

  private final String name;
  private final String word;

  WordDetector(String name, String word) {
    this.name = name;
    this.word = word;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DetectorFamily family() {
    return DetectorFamily.CONTENT;
  }

  @Override
  public void find(String text, Spans found) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      found.add(at, at + word.length());
    }
  }
}
