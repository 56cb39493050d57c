package io.governor.sync.count;

import io.governor.crypt.KeyProvider;
import io.governor.trace.ReadProblem;
import io.governor.trace.TraceFiles;
import io.governor.trace.TraceIndex;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what is to be read. Confined to one thread. */
final class Inputs {

  private final List<Input> list = new ArrayList<>();
  private final SourceFiles files = new SourceFiles();
  private final PassedFiles passed;

  private Inputs(PassedFiles passed) {
    this.passed = passed;
  }

  /**
   * @param index knows which files need not be read, or null
   */
  static Inputs of(List<TraceSource> sources, EventTimes times, @Nullable TraceIndex index)
      throws IOException {
    Inputs inputs = new Inputs(new PassedFiles(times, index));
    TimeFilter filter = new TimeFilter(times);
    for (TraceSource source : sources) {
      inputs.add(source, filter);
    }
    return inputs;
  }

  static Inputs of(List<TraceSlice> slices) {
    Inputs inputs = new Inputs(PassedFiles.none());
    EventTimes times = EventTimes.ALL;
    TimeFilter filter = new TimeFilter(times);
    for (TraceSlice slice : slices) {
      // Slices of one run mostly ask for the same.
      if (!slice.times().equals(times)) {
        times = slice.times();
        filter = new TimeFilter(times);
      }
      inputs.list.add(Input.slice(slice, filter));
    }
    return inputs;
  }

  private void add(TraceSource source, TimeFilter times) throws IOException {
    if (source instanceof TraceSource.Stream stream) {
      list.add(Input.stream(stream.name(), stream.in(), times, stream.keys()));
    } else if (source instanceof TraceSource.OnDisk onDisk) {
      add(onDisk.path(), onDisk.keys(), times);
    }
  }

  private void add(Path path, KeyProvider keys, TimeFilter times) throws IOException {
    BasicFileAttributes attributes = SourceFiles.attributes(path);
    if (!attributes.isDirectory() && !attributes.isRegularFile()) {
      list.add(Input.stream(path.toString(), new LateStream(path), times, keys));
      return;
    }
    for (TraceFiles.Found file : files.of(path)) {
      if (attributes.isDirectory() && passed.passes(file.path())) {
        continue;
      }
      long size = file.attributes().size();
      list.add(Input.file(file.path(), size, times, keys, attributes.isRegularFile()));
    }
  }

  List<Input> list() {
    return list;
  }

  /** Files that are not read, because nothing of theirs would count. */
  PassedFiles passed() {
    return passed;
  }

  List<ReadProblem> problems() {
    return files.problems();
  }

  long unreadable() {
    return files.unreadable();
  }

  /** How many bytes there are to be read, or {@link ProgressMeter#UNKNOWN}. */
  long size() {
    long size = 0;
    for (Input input : list) {
      if (input.length() == Input.UNKNOWN) {
        return ProgressMeter.UNKNOWN;
      }
      size += input.length();
    }
    return size;
  }
}
