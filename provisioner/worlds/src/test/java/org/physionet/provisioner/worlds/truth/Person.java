package org.physionet.provisioner.worlds.truth;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A researcher as the source has them now. Mutable: things happen to people. */
public final class Person {
    public final String id;
    public boolean active = true;
    public boolean credentialed;
    public @Nullable Instant trainedAt;
    public final Set<String> signed = new TreeSet<>();
    /** Dataset → the last instant of an accepted request. */
    public final Map<String, Approved> approved = new TreeMap<>();

    public @Nullable String google;
    public @Nullable String aws;

    /** An accepted request, with the days it is good for. */
    public record Approved(Instant at, int days) {}

    public Person(String id) {
        this.id = id;
    }

    public Person copy() {
        Person copy = new Person(id);
        copy.active = active;
        copy.credentialed = credentialed;
        copy.trainedAt = trainedAt;
        copy.signed.addAll(signed);
        copy.approved.putAll(approved);
        copy.google = google;
        copy.aws = aws;
        return copy;
    }

    /** The identity of a provider that they link, or null. */
    public @Nullable String identity(String provider) {
        return provider.equals("gcp") ? google : aws;
    }
}
