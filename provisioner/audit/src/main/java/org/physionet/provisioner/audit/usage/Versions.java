package org.physionet.provisioner.audit.usage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.review.Held;
import org.physionet.provisioner.audit.review.Recorded;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;

/**
 * How much each version of a dataset was read. Where a resource holds one dataset its reads are that one's; where it holds several,
 * the key tells: {@code …/VERSION/…} below the resource.
 */
public final class Versions {
    private static final String VERSION = "coalesce(t.dataset, o.dataset)";

    /** Reads of the datasets asked about, and those of which nobody can tell; table {@code wanted} has their resources. */
    static final String READS =
            " from {seen} s join {wanted} w on w.resource = s.resource left join {told} t on t.n = s.n"
                    + " left join {alone} o on o.resource = s.resource left join {asked} q on q.dataset = " + VERSION
                    + " where s.action = 'READ' and s.allowed and s.log <> 'GCS_USAGE'"
                    + " and (q.dataset is not null or " + VERSION + " is null)";

    private static final String FIGURES = ", count(distinct s.who_key), count(distinct s.object),"
            + " count(distinct case when starts_with(s.resource, 'bq:') then s.job end), count(*), coalesce(sum(s.bytes), 0)";

    private final Analysis analysis;

    /** @param analysis laid beside the record: {@link Held#against}, with table {@code wanted} */
    Versions(Analysis analysis, Recorded recorded, Set<String> datasets) {
        this.analysis = analysis;
        List<List<@Nullable Object>> holds = new ArrayList<>();
        for (Recorded.Place place : recorded.places()) {
            for (String dataset : place.datasets()) {
                String version = dataset.substring(dataset.lastIndexOf('/') + 1);
                holds.add(Arrays.asList(
                        place.resource(),
                        dataset,
                        "/" + version + "/",
                        place.datasets().size() == 1));
            }
        }
        analysis.load("holds", List.of(text("resource"), text("dataset"), text("part"), flag("alone")), holds);
        analysis.load(
                "asked",
                List.of(text("dataset")),
                datasets.stream()
                        .map(dataset -> Collections.<@Nullable Object>singletonList(dataset))
                        .toList());
        analysis.keep("alone", "select h.resource, h.dataset from {holds} h where h.alone");
        Held.versions(analysis, "holds");
    }

    private static Column text(String name) {
        return new Column(name, SqlEngine.Type.TEXT);
    }

    private static Column flag(String name) {
        return new Column(name, SqlEngine.Type.FLAG);
    }

    /** Days with reads, in order, each version by itself. */
    public List<Day> days() {
        String day = "s.moment - mod(s.moment, " + Analysis.DAY + ")";
        return rows("select " + VERSION + ", " + day + FIGURES + READS + " group by " + VERSION + ", " + day);
    }

    /** Each version in all. */
    public List<Day> whole() {
        return rows("select " + VERSION + ", null" + FIGURES + READS + " group by " + VERSION);
    }

    private List<Day> rows(String question) {
        List<Day> days = new ArrayList<>();
        analysis.each(question, row -> {
            @Nullable Long day = row.whole(2);
            days.add(new Day(
                    row.text(1),
                    day == null ? null : LocalDate.ofEpochDay(day / Analysis.DAY),
                    row.number(3),
                    row.number(4),
                    row.number(5),
                    row.number(6),
                    row.number(7),
                    false));
        });
        days.sort(Comparator.comparing(Day::day, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Day::dataset, Comparator.nullsLast(Comparator.naturalOrder())));
        return days;
    }
}
