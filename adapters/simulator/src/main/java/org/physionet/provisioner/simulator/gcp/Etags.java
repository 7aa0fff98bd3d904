package org.physionet.provisioner.simulator.gcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;

/** Etags: base64, as gcloud insists, and different after every write (facts/gcp.md 4, 7c). */
final class Etags {
    private Etags() {}

    /** Storage: the metageneration as protobuf field 1, so 1 is {@code CAE=}. */
    static String ofMetageneration(long metageneration) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0x08);
        long rest = metageneration;
        while (rest >= 0x80) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** BigQuery and Resource Manager: opaque; here the number of the write in this world. */
    static String ofWrite(long write) {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(9).put((byte) 0x07).putLong(write).array());
    }
}
