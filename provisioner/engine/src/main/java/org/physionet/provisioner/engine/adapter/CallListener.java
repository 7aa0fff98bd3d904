package org.physionet.provisioner.engine.adapter;

/** Counts calls to providers: predicted against actual is part of every run's report. */
@FunctionalInterface
public interface CallListener {
    CallListener NONE = (method, write, outcome) -> {};

    /**
     * One HTTP call ended.
     *
     * @param method as in the provider's reference, e.g. {@code storage.buckets.setIamPolicy}
     * @param write whether it may change something
     * @param outcome HTTP status as text, or a word such as {@code timeout}
     */
    void called(String method, boolean write, String outcome);
}
