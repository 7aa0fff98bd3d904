package org.physionet.provisioner.audit.access;

import java.nio.file.Path;

/**
 * Logs are delivered twice now and then, and split as one likes: an entry's own id tells. Repeated entries are few, and only they are
 * sorted and copied: table {@code access} stands for the others where they lie.
 */
final class Repeated {
    /** 64 bits of an entry's identity; that two entries share them costs a look, not an entry. */
    private static final String HASH = "hash(log, id)";

    private Repeated() {}

    /**
     * Makes {@code access} stand for these rows, each entry once: of those that several files tell, the one of the first file.
     *
     * @param rows a query with the columns of the table
     * @return how many were told again
     */
    static long dropFrom(Accesses accesses, String rows) {
        accesses.run("create or replace table repeated as select " + HASH + " as h from (" + rows
                + ") group by 1 having count(*) > 1");
        if (accesses.count("select count(*) from repeated") == 0) {
            accesses.standFor(rows);
            return 0;
        }
        Path once = accesses.scratch().resolve("once.parquet");
        accesses.run(
                "copy (select * exclude (place) from (select *, row_number() over (partition by log, id order by file, line) as place"
                        + " from (" + rows + ") where " + HASH + " in (select h from repeated)) where place = 1) to '"
                        + KeptAccesses.quoted(once)
                        + "' (format parquet)");
        long told =
                accesses.count("select count(*) from (" + rows + ") where " + HASH + " in (select h from repeated)");
        accesses.standFor("select * from (" + rows + ") where " + HASH + " not in (select h from repeated)"
                + " union all select * from read_parquet('" + KeptAccesses.quoted(once) + "')");
        return told - accesses.count("select count(*) from read_parquet('" + KeptAccesses.quoted(once) + "')");
    }
}
