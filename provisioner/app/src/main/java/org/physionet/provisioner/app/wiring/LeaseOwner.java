package org.physionet.provisioner.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.store.SqlStore;

/**
 * Who holds a lease, readable and checkable: {@code user@host/pid/start/place}, with anything behind it. A process that
 * was killed can not give its lease back; whoever shares its table of processes can see that it is gone and need not wait
 * for the term to end.
 *
 * @param started of the process, in milliseconds since 1970: process ids are used again; 0 if it can not be known
 * @param place the kernel's boot and the namespace of process ids: only there does a process id mean the same. The
 *     host's name would not do, since containers and machines may share one. Empty if it can not be known
 */
record LeaseOwner(String actor, long pid, long started, String place) {
    private static final Pattern FORM = Pattern.compile("(.+)/(\\d+)/(\\d+)/([0-9a-f-]*\\.\\d*)(?:/.*)?");

    static LeaseOwner ofProcess(String actor) {
        ProcessHandle own = ProcessHandle.current();
        return new LeaseOwner(actor, own.pid(), started(own), placeOfProcess());
    }

    static Optional<LeaseOwner> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new LeaseOwner(
                        form.group(1), Long.parseLong(form.group(2)), Long.parseLong(form.group(3)), form.group(4)))
                : Optional.empty();
    }

    /** A run that was killed must not keep the next one waiting until its lease runs out: gives back what its process held. */
    static List<Lease> releaseOfTheDead(SqlStore store, Instant now) {
        List<Lease> dead = store.leases(now).stream()
                .filter(lease -> parse(lease.owner()).filter(LeaseOwner::isGone).isPresent())
                .toList();
        dead.forEach(store::release);
        return dead;
    }

    String text() {
        return actor + "/" + pid + "/" + started + "/" + place;
    }

    /** Whether it is certain that the process is gone: seen from the same place, and from nowhere else. */
    boolean isGone() {
        if (place.equals(".") || !place.equals(placeOfProcess())) {
            return false;
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(running -> started != 0 && started(running) != 0 && started(running) != started)
                .orElse(true);
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String placeOfProcess() {
        return boot() + "." + processIds();
    }

    private static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Linux names the namespace {@code pid:[NUMBER]}. */
    private static String processIds() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                    .toString()
                    .replaceAll("\\D", "");
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
