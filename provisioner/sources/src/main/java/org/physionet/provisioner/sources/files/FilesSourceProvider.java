package org.physionet.provisioner.sources.files;

import java.time.InstantSource;
import java.util.List;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceProvider;

/** Offers {@code source.type: files}. */
public final class FilesSourceProvider implements SourceProvider {
    @Override
    public String type() {
        return "files";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.of(
                "path", null, "Folder with researchers.ndjson and datasets.yaml (docs/reference/files-source.md)."));
    }

    @Override
    public Source open(Settings settings, InstantSource clock) {
        return new FilesSource(settings.path("path"), clock);
    }
}
