package org.physionet.provisioner.audit.usage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.review.Recorded;

/**
 * How much each version of a dataset was read. Where a resource holds one dataset its reads are that one's; where it holds several,
 * the key tells: {@code …/VERSION/…} below the resource, or {@code SLUG/VERSION/} anywhere.
 */
public final class Versions {
    private final Accesses accesses;

    /** @param accesses laid beside the record: {@link org.physionet.provisioner.audit.review.Held#against} */
    public Versions(Accesses accesses, Recorded recorded, Set<String> datasets) {
        this.accesses = accesses;
        accesses.run("create or replace table holds (resource varchar, dataset varchar, part varchar, alone boolean)");
        try (Accesses.Batch batch = accesses.appendTo("holds")) {
            for (Recorded.Place place : recorded.places()) {
                for (String dataset : place.datasets()) {
                    boolean alone = place.datasets().size() == 1;
                    String version = dataset.substring(dataset.lastIndexOf('/') + 1);
                    batch.row(place.resource(), dataset, "/" + version + "/", alone);
                }
            }
        }
        accesses.run("create or replace table asked (dataset varchar)");
        try (Accesses.Batch batch = accesses.appendTo("asked")) {
            datasets.forEach(batch::row);
        }
        // Of several versions that a key could mean the longest is meant: 3.1 is no part of 13.1, for the slashes.
        accesses.run(
                "create or replace table told as select s.n, max(h.dataset) as dataset, count(distinct h.dataset) as several"
                        + " from seen s join holds h on h.resource = s.resource"
                        + " and (h.alone or contains('/' || coalesce(s.key, ''), h.part)) group by s.n");
    }

    private static final String FIGURES = " count(distinct s.who_key), count(distinct concat(s.resource, ' ', s.key)),"
            + " count(distinct case when s.resource like 'bq:%' then s.detail end), count(*), coalesce(sum(s.bytes), 0)::bigint"
            + " from seen s join (select distinct h.resource from holds h join asked a on a.dataset = h.dataset) w"
            + " on w.resource = s.resource left join told t on t.n = s.n and t.several = 1"
            + " where s.action = 'READ' and s.allowed and s.log <> 'GCS_USAGE'"
            + " and (t.dataset is null or t.dataset in (select dataset from asked))";

    /** Days with reads, in order, each version by itself. */
    public List<Day> days() {
        return rows("select t.dataset, cast(s.moment as date)," + FIGURES
                + " group by t.dataset, cast(s.moment as date) order by 2, 1 nulls last");
    }

    /** Each version in all. */
    public List<Day> whole() {
        return rows("select t.dataset, null," + FIGURES + " group by t.dataset order by 1 nulls last");
    }

    private List<Day> rows(String question) {
        List<Day> days = new ArrayList<>();
        accesses.each(question, row -> {
            @Nullable String day = row.getString(2);
            days.add(new Day(
                    row.getString(1),
                    day == null ? null : LocalDate.parse(day),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    false));
        });
        return days;
    }
}
