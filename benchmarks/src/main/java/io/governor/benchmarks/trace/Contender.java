package io.governor.benchmarks.trace;

import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.layout.EchoLayout;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import io.governor.trace.Durability;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Who puts an event, or the line of it, on record, and who does a part of that. */
public enum Contender {

  /** The event alone, into memory. */
  ENCODE {
    @Override
    Stage open(Path folder) {
      return new Encoding(EVENT);
    }
  },

  /** The limit of who has the line: one write to a file of his own. */
  PLAIN {
    @Override
    Stage open(Path folder) {
      return new OwnFiles(folder, out -> () -> out.write(LINE));
    }
  },

  /** The limit of who has the event: encoding and one write to a file of his own. */
  PLAIN_ENCODED {
    @Override
    Stage open(Path folder) {
      return new OwnFiles(
          folder,
          out -> {
            JsonWriter line = new JsonWriter(USUAL_LINE);
            return () -> out.write(Encoding.line(EVENT, line).buffer(), 0, line.length());
          });
    }
  },

  /** The limit of who wants each line on the disk. */
  PLAIN_FORCED {
    @Override
    Stage open(Path folder) {
      return new ForcedFiles(folder, LINE);
    }
  },

  /** A session for each caller, without the hash chain. */
  TRACE {
    @Override
    Stage open(Path folder) {
      return new Sessions(TraceDirectory.unchained(folder), EVENT);
    }
  },

  /** The same with the chain, as traces are unless told otherwise. */
  TRACE_CHAINED {
    @Override
    Stage open(Path folder) {
      return new Sessions(TraceDirectory.at(folder), EVENT);
    }
  },

  /** The same encrypted, with a key file of its own. */
  TRACE_ENCRYPTED {
    @Override
    Stage open(Path folder) {
      TraceKeys keys = new TraceKeys(folder, null, true);
      return new Sessions(TraceDirectory.at(folder, Durability.OS, Contender::failed, keys), EVENT);
    }
  },

  /** As {@link #TRACE_CHAINED}, with {@code fsync: group}. */
  TRACE_GROUP {
    @Override
    Stage open(Path folder) {
      return new Sessions(forced(folder, Durability.GROUP), EVENT);
    }
  },

  /** The same with {@code fsync: always}. */
  TRACE_ALWAYS {
    @Override
    Stage open(Path folder) {
      return new Sessions(forced(folder, Durability.ALWAYS), EVENT);
    }
  },

  /** Logback's file appender with immediate flush, which gets the line as a ready message. */
  LOGBACK {
    @Override
    Stage open(Path folder) {
      LayoutWrappingEncoder<String> encoder = new LayoutWrappingEncoder<>();
      encoder.setLayout(new EchoLayout<>());
      String message = new String(LINE, StandardCharsets.US_ASCII).strip();
      return new LogbackFile<>(folder.resolve("logback.log"), encoder, message);
    }
  },

  /** The same, which gets the event and encodes it as we do. */
  LOGBACK_ENCODED {
    @Override
    Stage open(Path folder) {
      return new LogbackFile<>(folder.resolve("logback.log"), new LogbackEventEncoder(), EVENT);
    }
  },

  /** One file for all callers: encoding and writing under a lock. */
  ONE_FILE_LOCKED {
    @Override
    Stage open(Path folder) throws IOException {
      return new LockedWrites(folder.resolve("locked"), EVENT);
    }
  },

  /** One file for all callers: whoever has it writes what all the others wait with. */
  ONE_FILE_COMBINED {
    @Override
    Stage open(Path folder) throws IOException {
      return new CombinedWrites(folder.resolve("combined"), EVENT);
    }
  };

  private static final int USUAL_LINE = 1024;
  private static final TraceEvent EVENT = TypicalEvent.make();
  private static final byte[] LINE = Encoding.line(EVENT, new JsonWriter(USUAL_LINE)).toByteArray();

  /** Ready for callers, who leave their files in the folder, which is empty. */
  abstract Stage open(Path folder) throws IOException;

  private static TraceDirectory forced(Path folder, Durability durability) {
    return TraceDirectory.at(folder, durability, Contender::failed);
  }

  private static void failed(IOException failure) {
    throw new IllegalStateException(failure);
  }
}
