package io.releve.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files that people edit too, a redis.conf or a list of users: replaced as a whole. */
public final class WholeFile {
    private WholeFile() {
    }

    /**
     * Gives a file another content, all or nothing, also when the power fails; who may read it stays as it is. Through a file beside it,
     * so its directory must be writable.
     *
     * @param target with its directory; no symbolic link, which would be replaced itself
     */
    public static void replace(Path target, byte[] content) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp-" + ProcessHandle.current().pid());
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                if (Files.exists(target)) {
                    Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(target));
                }
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceDirectory(target);
    }

    /** Has the content that a file has already, and its name, on the disk. */
    public static void force(Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.READ)) {
            channel.force(true);
        }
        forceDirectory(target);
    }

    private static void forceDirectory(Path target) throws IOException {
        try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
