package org.physionet.provisioner.app.output;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/** What a terminal would obey, or a reader not see, as JSON's own escapes: whoever parses it gets the same text. */
final class HarmlessEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final int DELETE = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    /** Halves of a pair are left to Jackson, which writes them as escapes anyway. */
    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        return c > DELETE && !Character.isSurrogate((char) c) && Visible.isHidden(c)
                ? new SerializedString("\\u%04X".formatted(c))
                : null;
    }
}
