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
            // Only accesses of known pairs are grouped; the others, often most of them, are told as they are. A life
            // that does not hold
            // has ended or begins later, so that what is not held is one of the two.
            "create or replace table judged as select t.n, t.ended, t.begins,"
                    + " case when t.ended is not null then 'ACCESS_AFTER_REVOCATION'"
                    + " when t.adopted = t.begins then 'BEFORE_RECORD' else 'ACCESS_BEFORE_GRANT' end as code"
                    + " from (select s.n, max(case when" + HOLDS + " then 1 else 0 end) as held,"
                    + " max(case when l.until < s.moment then l.until end) as ended,"
                    + " min(case when l.since > s.moment then l.since end) as begins,"
                    + " min(case when l.since > s.moment and l.adopted then l.since end) as adopted"
                    + " from seen s join life l on l.pair = s.pair where s.allowed and" + READS
                    + " group by s.n) t where t.held = 0"
                    + " union all select s.n, cast(null as timestamp), cast(null as timestamp),"
                    + " case when m.adopted and s.moment < m.first_seen then 'BEFORE_RECORD'"
                    + " when s.known then 'ACCESS_WITHOUT_GRANT' when s.who = 'SERVICE' then 'UNMANAGED_PATH'"
                    + " else 'UNKNOWN_PRINCIPAL' end"
                    + " from seen s join managed m on m.place = s.place where s.pair is null and s.allowed and"
                    + READS);
}
