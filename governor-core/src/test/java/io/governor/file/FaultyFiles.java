package io.governor.file;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The machine's files behind a file system of their own, whose calls fail as {@link Faults} says:
 * opening with too many open files, writing with a full disk, the rest with an error of the device.
 * What a path of it is given to needs nothing but {@link java.nio.file.Files} to be tested with it.
 */
public final class FaultyFiles extends FileSystemProvider {

  private static final FileSystemProvider MACHINE = FileSystems.getDefault().provider();
  private static final String DEVICE = "Input/output error";

  private final Faults faults;
  private final FaultyFileSystem files = new FaultyFileSystem(this);

  private FaultyFiles(Faults faults) {
    this.faults = faults;
  }

  /** The same place, with calls that fail. */
  public static Path at(Path real, Faults faults) {
    return new FaultyPath(new FaultyFiles(faults).files, real);
  }

  Faults faults() {
    return faults;
  }

  private Path real(String call, Path path) throws IOException {
    Path real = FaultyPath.real(path);
    faults.call(call, real, DEVICE);
    return real;
  }

  private Path opened(Path path) throws IOException {
    Path real = FaultyPath.real(path);
    faults.call("open", real, "Too many open files");
    return real;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    return new FaultyPath(files, Path.of(uri));
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    InputStream in = MACHINE.newInputStream(opened(path), options);
    faults.opened();
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        faults.call("read", FaultyPath.real(path), DEVICE);
        return super.read(bytes, offset, length);
      }

      @Override
      public int read() throws IOException {
        faults.call("read", FaultyPath.real(path), DEVICE);
        return super.read();
      }

      @Override
      public void close() throws IOException {
        super.close();
        faults.closed();
        faults.call("close", FaultyPath.real(path), DEVICE);
      }
    };
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    OutputStream out = MACHINE.newOutputStream(opened(path), options);
    faults.opened();
    return new FilterOutputStream(out) {
      private boolean closed;

      @Override
      public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (faults.fails("write " + FaultyPath.real(path).getFileName())) {
          out.write(bytes, offset, faults.written().of(length));
          throw new IOException("No space left on device");
        }
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          out.close();
          faults.closed();
          faults.call("close", FaultyPath.real(path), DEVICE);
        }
      }
    };
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path real = opened(path);
    return new FaultyChannel(MACHINE.newFileChannel(real, options, attributes), real, faults);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> found =
        MACHINE.newDirectoryStream(
            opened(directory), path -> filter.accept(new FaultyPath(files, path)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> each = found.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return each.hasNext();
          }

          @Override
          public Path next() {
            return new FaultyPath(files, each.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        found.close();
      }
    };
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    MACHINE.createDirectory(real("create directory", directory), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    MACHINE.delete(real("delete", path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    MACHINE.copy(real("copy", source), FaultyPath.real(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    MACHINE.move(real("move", source), FaultyPath.real(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return MACHINE.isSameFile(real("compare", path), FaultyPath.real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return MACHINE.isHidden(real("look at", path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return MACHINE.getFileStore(real("look at", path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    MACHINE.checkAccess(real("look at", path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return MACHINE.getFileAttributeView(FaultyPath.real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return MACHINE.readAttributes(real("look at", path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return MACHINE.readAttributes(real("look at", path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    MACHINE.setAttribute(real("change", path), attribute, value, options);
  }
}
