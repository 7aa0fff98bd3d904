package org.physionet.provisioner.sources.files;

import com.fasterxml.jackson.core.StreamReadConstraints;

/** What a folder may hold at most: far above a million people, far below what would exhaust the machine. */
final class Limits {
    /** Bytes of a line of a researcher or a dataset. */
    static final int LINE = 1 << 20;

    /** Bytes of a YAML file. */
    static final int YAML = 16 << 20;

    /** Bytes of one NDJSON file after decompression. */
    static final long FILE = 4L << 30;

    /** How many errors of one file are told at once. */
    static final int ERRORS_SHOWN = 20;

    static final StreamReadConstraints JSON = StreamReadConstraints.builder()
            .maxNestingDepth(10)
            .maxStringLength(10_000)
            .maxNumberLength(30)
            .maxNameLength(200)
            .maxDocumentLength(YAML)
            .build();

    private Limits() {}
}
