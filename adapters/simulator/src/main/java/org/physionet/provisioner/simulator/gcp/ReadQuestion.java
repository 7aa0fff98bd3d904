package org.physionet.provisioner.simulator.gcp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.SimulatedCloud.Verdict;

/** Answers whether somebody can read a bucket, an object, or a dataset now, by the policies in force. */
final class ReadQuestion {
    private static final Pattern BUCKET = Pattern.compile("gs://([^/]+)(?:/(.*))?");
    private static final Pattern DATASET = Pattern.compile("bq://([^/]+)[.:]([A-Za-z0-9_]+)(?:\\.[^/]+)?");
    private static final Pattern AWS = Pattern.compile("A(IDA|ROA)[A-Z0-9]{4,}");

    private final GoogleState state;

    ReadQuestion(GoogleState state) {
        this.state = state;
    }

    /** @throws IllegalArgumentException if either can not be understood */
    Verdict answer(String principal, String resource) {
        Optional<Member> member = Member.parse(principal)
                .filter(m -> m.kind() == Member.Kind.USER || m.kind() == Member.Kind.SERVICE_ACCOUNT)
                .filter(m -> !m.deleted());
        boolean aws = AWS.matcher(principal).matches();
        if (member.isEmpty() && !aws) {
            throw new IllegalArgumentException("principal: expected user:EMAIL, found \"" + principal + "\"");
        }
        Matcher bucket = BUCKET.matcher(resource);
        Matcher dataset = DATASET.matcher(resource);
        boolean isBucket = bucket.matches();
        if (!isBucket && !dataset.matches()) {
            throw new IllegalArgumentException(
                    "resource: expected gs://BUCKET or bq://PROJECT.DATASET, found \"" + resource + "\"");
        }
        if (member.isEmpty()) {
            return new Verdict(false, principal + " is an AWS identity; Google does not know it");
        }
        String address = member.get().value();
        return isBucket
                ? bucket(
                        address,
                        bucket.group(1),
                        Optional.ofNullable(bucket.group(2)).orElse(""))
                : dataset(address, dataset.group(1), dataset.group(2));
    }

    private Verdict bucket(String address, String name, String object) {
        return state.bucket(name)
                .map(found ->
                        new Access(state).decide(address, "storage.objects.get", Target.object(state, found, object)))
                .orElseGet(() -> new Verdict(false, "there is no bucket " + name));
    }

    private Verdict dataset(String address, String project, String id) {
        return state.dataset(project, id)
                .map(found ->
                        new Access(state).decide(address, "bigquery.tables.getData", Target.dataset(state, found)))
                .orElseGet(() -> new Verdict(false, "there is no dataset " + project + ":" + id));
    }
}
