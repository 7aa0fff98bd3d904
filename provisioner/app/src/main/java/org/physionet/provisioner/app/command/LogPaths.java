package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.audit.logs.FetchedLogs;
import org.physionet.provisioner.audit.logs.LogFiles;
import org.physionet.provisioner.engine.adapter.StoredLogs;

/** The log files that the paths of a command lead to, fetched where they lie in a cloud. */
final class LogPaths {
    private static final Pattern CLOUD = Pattern.compile("([a-z][a-z0-9]+)://([^/]+)(?:/(.*))?");

    private final Invocation invocation;
    private final Wiring wiring;

    LogPaths(Invocation invocation, Wiring wiring) {
        this.invocation = invocation;
        this.wiring = wiring;
    }

    SortedSet<Path> find(List<String> paths) {
        SortedSet<Path> files = new TreeSet<>();
        List<String> local = new ArrayList<>();
        for (String path : paths) {
            Matcher cloud = CLOUD.matcher(path);
            if (cloud.matches()) {
                String prefix = cloud.group(3);
                files.addAll(fetch(path, cloud.group(1), cloud.group(2), prefix == null ? "" : prefix));
            } else {
                local.add(path);
            }
        }
        try {
            files.addAll(LogFiles.find(local, invocation.surroundings().workingFolder()));
            return files;
        } catch (LogFiles.NothingThere e) {
            throw new UsageError(Problem.of("There is no log at " + e.getMessage())
                    .expected("a file, a folder with files in it, or a glob that matches some"));
        } catch (IOException e) {
            throw new WorkFailed(Problem.of("The logs can not be listed: " + e.getMessage()), e);
        }
    }

    private SortedSet<Path> fetch(String path, String scheme, String bucket, String prefix) {
        FetchedLogs copies = new FetchedLogs(wiring.configuration().dataDir().resolve("logs/fetched"));
        try (StoredLogs logs = wiring.services().storedLogs(scheme)) {
            SortedSet<Path> files = copies.fetch(logs, scheme, bucket, prefix);
            if (files.isEmpty()) {
                throw new UsageError(Problem.of("There is no log at " + path)
                        .expected("a bucket and the beginning of its objects' names"));
            }
            invocation.detail(path + ": " + files.size() + " objects, " + copies.fetched() + " of them new");
            return files;
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("The logs can not be fetched: " + e.getMessage())
                            .next("run it again: what was fetched is not fetched again"),
                    e);
        }
    }
}
