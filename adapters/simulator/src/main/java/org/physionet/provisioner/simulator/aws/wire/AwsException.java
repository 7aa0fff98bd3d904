package org.physionet.provisioner.simulator.aws.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error that AWS answers. Nothing was changed when it is thrown. */
public final class AwsException extends RuntimeException {
    private final int status;
    private final String code;
    private final Map<String, String> elements;

    public AwsException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    private AwsException(int status, String code, String message, Map<String, String> elements) {
        super(message);
        this.status = status;
        this.code = code;
        this.elements = elements;
    }

    /** The same with one more element in the body, such as {@code Detail}. */
    public AwsException with(String element, String value) {
        Map<String, String> more = new LinkedHashMap<>(elements);
        more.put(element, value);
        return new AwsException(status, code, String.valueOf(getMessage()), more);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Further elements of the body, in order. */
    public Map<String, String> elements() {
        return elements;
    }
}
