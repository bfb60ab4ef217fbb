package io.releve.persistence.segments;

import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files away that are not needed any more. What cannot be removed now is removed another time. */
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    private static final String RETIRED = ".retired-";

    private Removal() {
    }

    /** The name of a folder that must not be taken for the data any more. */
    static String retired(Path folder, long position) {
        return folder.getFileName() + RETIRED + position;
    }

    /** Removes folders of this name that were retired. */
    static void ofRetired(Disk disk, Path folder) {
        Path parent = folder.getParent();
        try {
            for (Path name : disk.list(parent)) {
                if (name.toString().startsWith(folder.getFileName() + RETIRED)) {
                    Path retired = parent.resolve(name);
                    for (Path file : disk.list(retired)) {
                        disk.delete(retired.resolve(file));
                    }
                    disk.delete(retired);
                }
            }
        } catch (IOException e) {
            LOG.warn("A retired journal cannot be removed from {}: {}", parent, e.getMessage());
        }
    }

    /** Removes files of a folder. */
    static void of(Disk disk, Path folder, List<Path> files) {
        if (files.isEmpty()) {
            return;
        }
        try {
            for (Path file : files) {
                disk.delete(file);
            }
            disk.syncDirectory(folder);
        } catch (IOException e) {
            LOG.warn("Files that are not needed any more cannot be removed from {}: {}", folder, e.getMessage());
        }
    }

    /** Removes what comes before a base. */
    static void before(Disk disk, Path folder, SegmentName base) {
        List<Path> files = new ArrayList<>();
        try {
            for (Path path : disk.list(folder)) {
                SegmentName name = SegmentName.parse(path);
                if (name != null && name.sequence() < base.sequence()) {
                    files.add(name.in(folder));
                }
            }
        } catch (IOException e) {
            LOG.warn("The folder {} cannot be read: {}", folder, e.getMessage());
        }
        of(disk, folder, files);
    }
}
