package script

// IsForeign reports whether r is an Arabic-script letter that Persian, Urdu or Kurdish
// writes and Arabic does not, in names from those languages aside.
func IsForeign(r rune) bool {
	switch r {
	case 0x67E, 0x686, 0x698, 0x6AF, // pe, che, zhe, gaf
		0x6A9, 0x6CC, // Persian kaf and ye
		0x679, 0x688, 0x691, 0x6BA, 0x6BE, 0x6C1, 0x6D2, // Urdu
		0x695, 0x6B5, 0x6C6, 0x6CE, 0x6D5: // Kurdish
		return true
	}
	return false
}
