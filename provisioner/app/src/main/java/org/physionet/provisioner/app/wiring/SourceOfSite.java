package org.physionet.provisioner.app.wiring;

import java.util.List;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceProvider;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/** The source that a site's configuration names, read once. What it says beside the data is told to whoever runs the command. */
record SourceOfSite(Invocation invocation, Configuration site, List<SourceProvider> offered) {
    /** @throws UsageError if the configuration of the source is wrong */
    SourceReading read() {
        SourceProvider provider = offered.stream()
                .filter(s -> s.type().equals(site.sourceType()))
                .findFirst()
                .orElseThrow();
        try (Source source =
                provider.open(site.source(), invocation.surroundings().clock())) {
            Snapshot snapshot = source.read();
            snapshot.notes().forEach(invocation::detail);
            if (!snapshot.badRows().isEmpty()) {
                invocation.note(
                        snapshot.badRows().size() + " rows of the source were not understood; what depends on them"
                                + " is frozen (provisioner doctor lists them)");
            }
            return new SourceReading.Read(snapshot);
        } catch (SourceUnreadableException e) {
            return new SourceReading.Unreadable(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new UsageError(Problem.of("The configuration of the source is wrong: " + e.getMessage())
                    .at(site.origin()));
        }
    }
}
