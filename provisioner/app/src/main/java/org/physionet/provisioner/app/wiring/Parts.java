package org.physionet.provisioner.app.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.source.SourceProvider;

/**
 * What is on the path: adapters and sources, found with ServiceLoader, so that another one is a jar and nothing else.
 */
public record Parts(List<SourceProvider> sources, List<AdapterProvider> adapters) {
    public static Parts onThePath() {
        List<AdapterProvider> adapters = new ArrayList<>();
        ServiceLoader.load(AdapterProvider.class).forEach(adapters::add);
        adapters.sort(java.util.Comparator.comparing(AdapterProvider::provider));
        List<SourceProvider> sources = new ArrayList<>();
        ServiceLoader.load(SourceProvider.class).forEach(sources::add);
        return new Parts(List.copyOf(sources), List.copyOf(adapters));
    }
}
