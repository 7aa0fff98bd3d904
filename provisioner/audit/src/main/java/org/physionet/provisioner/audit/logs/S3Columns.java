package org.physionet.provisioner.audit.logs;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Accesses;

/** The columns of an access from those of a line of an S3 server access log (facts/aws.md A4.1), as DuckDB's statements. */
final class S3Columns {
    private static final String LISTS = "(c7 = 'REST.GET.BUCKET' or c7 = 'REST.GET.BUCKETVERSIONS')";

    /** What nearly every line has is asked first: a pattern costs ten times as much. */
    private static final String STATUS = "case when c10 in ('200', '206', '304', '403', '404', '-') then true"
            + " else regexp_full_match(c10, '[0-9]{3}') end";

    private static final String BYTES = "case when c12 = '-' or cast(try_cast(c12 as bigint) as varchar) = c12"
            + " and not starts_with(c12, '-') then true else regexp_full_match(c12, '[0-9]+') end";
    private static final String URI = "case when c9 = '-' or starts_with(c9, 'GET /') and ends_with(c9, ' HTTP/1.1')"
            + " and c9 not like '% % % %' then true else regexp_full_match(c9, '[A-Za-z]+ [^ ]+( HTTP/[0-9.]+)?') end";

    /**
     * A row whose text does not mean what its place says has no time; then its whole file is read again, line by line. An id that
     * is the request and its operation is left out.
     */
    static final String SELECT = "select 'aws'::word as provider, 'S3_ACCESS'::word as log,"
            + " case when c3 = '+0000]' and c2 like '[%' and c6 <> '' and c7 <> '' and " + STATUS + " and " + BYTES
            + " and " + URI
            + " and not contains(coalesce(c16, ''), chr(10)) and not contains(coalesce(c17, ''), chr(10))"
            + " then try_strptime(substr(c2, 2), '%d/%b/%Y:%H:%M:%S') end as moment,"
            + " case when starts_with(c7, 'REST.') then null else c6 || ' ' || c7 || ' ' || c8 end as id, c6 as request,"
            + " case when c5 = '-' then 'ANONYMOUS'::word when starts_with(c5, 'svc:') or ends_with(c5, '.amazonaws.com')"
            + " then 'SERVICE'::word when c5 = c0 and regexp_full_match(c5, '[0-9a-f]{64}') then 'OWNER'::word else 'NAMED'::word end as who,"
            + " nullif(c5, '-') as principal, c1 as bucket,"
            + " case when " + LISTS + " then case when contains(c9, 'prefix=')"
            + " and regexp_matches(c9, '[?&]prefix=') then url_decode(regexp_extract(c9, '[?&]prefix=([^& ]*)', 1)) end"
            + " when c8 <> '-' then case when contains(c8, '%') then url_decode(c8) else c8 end end as key,"
            + " case when c10 = '-' or c10 >= '400' and c10 <> '403' and c10 <> '401' then 'OTHER'::word"
            + " when " + LISTS + " then 'LIST'::word"
            + " when c7 in ('REST.GET.OBJECT', 'REST.HEAD.OBJECT', 'REST.COPY.OBJECT_GET', 'REST.COPY.PART_GET',"
            + " 'REST.SELECT.OBJECT') then 'READ'::word"
            + " when c7 in ('REST.PUT.OBJECT', 'REST.POST.OBJECT', 'REST.DELETE.OBJECT', 'REST.COPY.OBJECT',"
            + " 'REST.PUT.PART', 'BATCH.DELETE.OBJECT') then 'WRITE'::word"
            + " when c7 in ('REST.PUT.BUCKETPOLICY', 'REST.DELETE.BUCKETPOLICY', 'REST.PUT.ACL', 'REST.PUT.OBJECT_ACL',"
            + " 'REST.PUT.PUBLIC_ACCESS_BLOCK', 'REST.DELETE.PUBLIC_ACCESS_BLOCK', 'REST.PUT.OWNERSHIP_CONTROLS',"
            + " 'REST.DELETE.OWNERSHIP_CONTROLS') then 'POLICY'::word else 'OTHER'::word end as action,"
            + " c7 as operation, c10 < '400' and c10 <> '-' as allowed, try_cast(nullif(c12, '-') as bigint) as bytes,"
            + " nullif(c4, '-') as ip, nullif(c17, '-') as agent, nullif(c25, '-') as via,"
            + " case c22 when 'QueryString' then 'query'::word when 'AuthHeader' then 'header'::word end as signed,"
            + " cast(null as varchar) as detail, filename as file, cast(null as bigint) as line from ";

    private S3Columns() {}

    /** Makes the type {@code word}: a column that has one of few words is a number on its way, and a text in the Parquet file. */
    static void prepare(Accesses accesses) {
        String words = Stream.of(
                        Stream.of("aws", "query", "header"),
                        names(Access.Log.values()),
                        names(Access.Who.values()),
                        names(Access.Action.values()))
                .flatMap(all -> all)
                .distinct()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(", "));
        accesses.run("drop type if exists word");
        accesses.run("create type word as enum (" + words + ")");
    }

    private static Stream<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name);
    }
}
