package org.physionet.provisioner.sources.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/** A folder of files ({@code docs/reference/files-source.md}). Every file is read once, to its end. */
final class FilesSource implements Source {
    private final Path folder;
    private final InstantSource clock;

    FilesSource(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Snapshot read() throws SourceUnreadableException {
        // Files have no clock: the moment is ours, before the first byte is read.
        Instant takenAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            SiteFolder site = SiteFolder.find(folder);
            DatasetFiles datasets = DatasetFiles.read(site.datasets(), site.trainings());
            ResearcherFiles researchers = new ResearcherFiles(
                    datasets.datasets().keySet(), datasets.trainings().keySet());
            for (SiteFile file : site.researchers()) {
                researchers.read(file);
            }
            checkManifest(site);
            return new Snapshot(
                    takenAt,
                    researchers.people(),
                    datasets.datasets(),
                    datasets.trainings(),
                    datasets.resources(),
                    researchers.freezes(),
                    researchers.badRows(),
                    researchers.notes());
        } catch (FileFailure e) {
            throw new SourceUnreadableException(
                    "files in " + folder + ":\n" + e.getMessage()
                            + "\nNothing of what was read is used. Correct the file, or restore the last good one, and run again.",
                    e);
        } catch (IOException e) {
            throw new SourceUnreadableException(
                    "files in " + folder + " can not be read: " + e
                            + ". Check that the folder is readable, and run again.",
                    e);
        }
    }

    @Override
    public void close() {
        // Nothing is kept open between reads.
    }

    private static void checkManifest(SiteFolder site) throws IOException {
        SiteFile manifest = site.manifest();
        if (manifest == null) {
            return;
        }
        List<SiteFile> read = new ArrayList<>(site.researchers());
        read.add(site.datasets());
        SiteFile trainings = site.trainings();
        if (trainings != null) {
            read.add(trainings);
        }
        Manifest.read(manifest).check(read);
    }
}
