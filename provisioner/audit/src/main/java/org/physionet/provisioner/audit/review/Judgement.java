package org.physionet.provisioner.audit.review;

import java.util.List;

/** SQL that holds the reads of named principals against the edges' lives: tables {@code covered} and {@code judged}. */
public final class Judgement {
    private static final String READS =
            " s.who in ('NAMED', 'SERVICE') and s.action in ('READ', 'LIST') and s.resource is not null and not s.exempt";

    private Judgement() {}

    /** In order; the first is the interval join, the second the anti-join. Their tables: {@link Held#against}. */
    public static final List<String> STATEMENTS = List.of(
            // A log of whole seconds may mean the end of its second; so it does where that is in the reader's favour.
            "create or replace table covered as select s.n, max(l.since) as since from seen s join life l"
                    + " on l.resource = s.resource and l.who_key = s.who_key and s.latest >= l.since"
                    + " and (l.until is null or s.moment <= l.until) where" + READS + " group by s.n",
            "create or replace table judged as select s.n, any_value(s.who) as who, any_value(s.known) as known,"
                    + " max(l.until) filter (where l.until < s.moment) as ended,"
                    + " min(l.since) filter (where l.since > s.moment) as begins,"
                    + " arg_min(l.adopted, l.since) filter (where l.since > s.moment) as adopted,"
                    + " any_value(s.moment < m.first_seen and m.adopted) as before_record"
                    + " from seen s join managed m on m.resource = s.resource"
                    + " left join life l on l.resource = s.resource and l.who_key = s.who_key"
                    + " where s.allowed and" + READS + " and s.n not in (select n from covered) group by s.n",
            "alter table judged add column code varchar",
            "update judged set code = case when ended is not null then 'ACCESS_AFTER_REVOCATION'"
                    + " when begins is not null and adopted then 'BEFORE_RECORD'"
                    + " when begins is not null then 'ACCESS_BEFORE_GRANT' when before_record then 'BEFORE_RECORD'"
                    + " when known then 'ACCESS_WITHOUT_GRANT' when who = 'SERVICE' then 'UNMANAGED_PATH'"
                    + " else 'UNKNOWN_PRINCIPAL' end");
}
