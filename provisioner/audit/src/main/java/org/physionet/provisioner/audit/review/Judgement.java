package org.physionet.provisioner.audit.review;

import java.util.List;

/**
 * SQL that holds the reads of named principals against the edges' lives: tables {@code covered} and {@code judged}. Both ask by the
 * number of the pair of resource and principal; an access of a pair that the record never had meets no life at all.
 */
public final class Judgement {
    private static final String READS =
            " s.who in ('NAMED', 'SERVICE') and s.action in ('READ', 'LIST') and s.resource is not null and not s.exempt";
    /** A log of whole seconds may mean the end of its second; so it does where that is in the reader's favour. */
    private static final String HOLDS = " s.latest >= l.since and (l.until is null or s.moment <= l.until)";

    private Judgement() {}

    /** In order; the first is the interval join, the second the anti-join. Their tables: {@link Held#against}. */
    public static final List<String> STATEMENTS = List.of(
            "create or replace table covered as select s.n, max(l.since) as since from seen s"
                    + " join life l on l.pair = s.pair where" + HOLDS + " and" + READS + " group by s.n",
            // Only accesses of known pairs are grouped; the others, often most of them, are told as they are.
            "create or replace table judged as with told as (select s.n,"
                    + " max(case when" + HOLDS + " then 1 else 0 end) as held,"
                    + " max(case when l.until < s.moment then l.until end) as ended,"
                    + " min(case when l.since > s.moment then l.since end) as begins,"
                    + " min(case when l.since > s.moment and l.adopted then l.since end) as adopted"
                    + " from seen s join life l on l.pair = s.pair where s.allowed and" + READS + " group by s.n)"
                    + " select s.n, t.ended, t.begins,"
                    + " case when t.ended is not null then 'ACCESS_AFTER_REVOCATION'"
                    + " when t.begins is not null and t.adopted = t.begins then 'BEFORE_RECORD'"
                    + " when t.begins is not null then 'ACCESS_BEFORE_GRANT'"
                    + " when m.adopted and s.moment < m.first_seen then 'BEFORE_RECORD'"
                    + " when s.known then 'ACCESS_WITHOUT_GRANT' when s.who = 'SERVICE' then 'UNMANAGED_PATH'"
                    + " else 'UNKNOWN_PRINCIPAL' end as code"
                    + " from seen s join managed m on m.place = s.place left join told t on t.n = s.n"
                    + " where s.allowed and coalesce(t.held, 0) = 0 and" + READS);
}
