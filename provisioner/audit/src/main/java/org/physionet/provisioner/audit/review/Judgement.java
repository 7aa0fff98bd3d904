package org.physionet.provisioner.audit.review;

import org.physionet.provisioner.audit.access.Analysis;

/** SQL that holds the reads of named principals against the edges' lives: tables {@code covered} and {@code judged}. */
public final class Judgement {
    private static final String READS =
            " s.who in ('NAMED', 'SERVICE') and s.action in ('READ', 'LIST') and s.resource is not null and not s.exempt";

    private Judgement() {}

    /** When an access was held by an edge: a log of whole seconds may mean the end of its second; so it does, in the reader's favour. */
    public static final String HELD = " l.resource = s.resource and l.who_key = s.who_key and s.latest >= l.since"
            + " and (l.until is null or s.moment <= l.until)";

    /** The interval join. */
    public static final String COVERED = "select s.n, max(l.since) as since from {seen} s join {life} l on" + HELD
            + " where" + READS + " group by s.n";

    /** The anti-join: what no edge explains, and what that is then. */
    public static final String JUDGED = "select j.n, j.who, j.ended, j.begins, case when j.ended is not null"
            + " then 'ACCESS_AFTER_REVOCATION' when j.begins is not null and j.begins = j.adopted then 'BEFORE_RECORD'"
            + " when j.begins is not null then 'ACCESS_BEFORE_GRANT' when j.before_record = 1 then 'BEFORE_RECORD'"
            + " when j.known = 1 then 'ACCESS_WITHOUT_GRANT' when j.who = 'SERVICE' then 'UNMANAGED_PATH'"
            + " else 'UNKNOWN_PRINCIPAL' end as code from (select s.n, min(s.who) as who,"
            + " max(case when s.known then 1 else 0 end) as known,"
            + " max(case when l.until < s.moment then l.until end) as ended,"
            + " min(case when l.since > s.moment then l.since end) as begins,"
            + " min(case when l.since > s.moment and l.adopted then l.since end) as adopted,"
            + " max(case when s.moment < m.first_seen and m.adopted then 1 else 0 end) as before_record"
            + " from {seen} s join {managed} m on m.resource = s.resource left join {covered} c on c.n = s.n"
            + " left join {life} l on l.resource = s.resource and l.who_key = s.who_key"
            + " where s.allowed and" + READS + " and c.n is null group by s.n) j";

    static void judge(Analysis analysis) {
        analysis.keep("covered", COVERED);
        analysis.keep("judged", JUDGED);
    }
}
