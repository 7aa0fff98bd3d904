package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.store.ledger.EventType;

/** What {@code audit events} may be asked for: a wrong word is told, since no entries would be taken for an answer. */
final class LedgerFilters {
    private LedgerFilters() {}

    static void check(@Nullable Instant since, @Nullable Instant until, @Nullable String type, int limit) {
        if (limit < 1) {
            throw new UsageError(Problem.of("The value of --limit is wrong")
                    .expected("1 or more")
                    .found(Integer.toString(limit)));
        }
        if (since != null && until != null && since.isAfter(until)) {
            throw new UsageError(Problem.of("The span ends before it begins")
                    .expected("--since not after --until")
                    .found(since + " to " + until));
        }
        List<String> types =
                Stream.of(EventType.values()).map(EventType::text).sorted().toList();
        if (type != null && !types.contains(type)) {
            throw new UsageError(Problem.of("There is no type \"" + type + "\" of entries")
                    .expected(String.join(", ", types))
                    .next(Nearest.question(type, types).orElse(null)));
        }
    }
}
