package pipeline

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var errInflation = fmt.Errorf("it grows to over %d times its size", MaxInflation)

// An inflated fails when decompression makes too much of the file that is read:
// such a file is a bomb, not a dump.
type inflated struct {
	r   io.Reader
	out int64
	in  *counter
}

func (rd *reading) inflated(r io.Reader) *inflated { return &inflated{r: r, in: rd.input} }

func (x *inflated) Read(p []byte) (int, error) {
	n, err := x.r.Read(p)
	x.out += int64(n)
	if x.out > 64<<20 && x.out > MaxInflation*x.in.n {
		return 0, errInflation
	}
	return n, err
}

// gzipped reads a gzip file of any number of members. Members of a WARC file are
// records; those of other files follow each other as one text.
func (rd *reading) gzipped(name string, r *bufio.Reader, nested int) bool {
	m, err := newGzipMembers(r)
	if err != nil {
		return rd.skipFile(name, SkipBroken, "gzip: "+err.Error())
	}
	b := bufio.NewReaderSize(rd.inflated(m), 4096)
	if head, _ := b.Peek(len("WARC/")); string(head) == "WARC/" {
		return rd.warcMembers(name, m, b)
	}
	m.through = true
	return rd.content(name, b, nested)
}

// A gzipMembers reads gzip members one by one, and knows where each begins.
type gzipMembers struct {
	in      *byteCounter
	z       *gzip.Reader
	start   int64 // byte offset of the member
	through bool  // read on into the next member
}

func newGzipMembers(r *bufio.Reader) (*gzipMembers, error) {
	m := &gzipMembers{in: &byteCounter{Reader: r}}
	z, err := gzip.NewReader(m.in)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	m.z = z
	return m, nil
}

func (m *gzipMembers) Read(p []byte) (int, error) {
	for {
		n, err := m.z.Read(p)
		if n > 0 || !errors.Is(err, io.EOF) || !m.through {
			return n, err
		}
		if err := m.next(); err != nil {
			return 0, err
		}
	}
}

// next goes to the next member; io.EOF says that there is none.
func (m *gzipMembers) next() error {
	m.start = m.in.n
	if err := m.z.Reset(m.in); err != nil {
		return err
	}
	m.z.Multistream(false)
	return nil
}

// resync goes to the next bytes that begin a member, after a broken one.
func (m *gzipMembers) resync() error {
	for {
		head, err := m.in.Peek(4)
		if err != nil {
			return io.EOF
		}
		if head[0] == 0x1f && head[1] == 0x8b && head[2] == 8 && head[3] < 32 {
			if m.next() == nil {
				return nil
			}
			continue
		}
		skip := 1
		if i := bytes.IndexByte(head[1:], 0x1f); i < 0 {
			skip = len(head)
		} else {
			skip += i
		}
		for range skip {
			m.in.ReadByte()
		}
	}
}

// A byteCounter counts what is taken from a buffer, so that gzip, which takes
// byte by byte at the end of a member, leaves the count where the next one begins.
type byteCounter struct {
	*bufio.Reader
	n int64
}

func (c *byteCounter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *byteCounter) ReadByte() (byte, error) {
	b, err := c.Reader.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func (rd *reading) zstandard(name string, r io.Reader, nested int) bool {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(128<<20))
	if err != nil {
		return rd.skipFile(name, SkipBroken, "zstd: "+err.Error())
	}
	defer z.Close()
	return rd.content(name, rd.inflated(z), nested)
}

func (rd *reading) bzipped(name string, r io.Reader, nested int) bool {
	return rd.content(name, rd.inflated(bzip2.NewReader(r)), nested)
}

// tar reads the files of an archive. Their names only name documents: nothing is
// unpacked, so that a name may lead wherever it likes.
func (rd *reading) tar(name string, r io.Reader, nested int) bool {
	t := tar.NewReader(r)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return rd.skipFile(name, SkipBroken, "tar: "+err.Error()+"; what follows is lost")
		}
		inner := name + "/" + memberName(h.Name)
		switch {
		case h.Typeflag == tar.TypeSymlink, h.Typeflag == tar.TypeLink:
			if !rd.skipFile(inner, SkipUnreadable, "a link in an archive is not followed") {
				return false
			}
		case h.Typeflag != tar.TypeReg, hidden(h.Name):
		default:
			if !rd.content(inner, t, nested) {
				return false
			}
		}
	}
}

// zip reads the files of an archive, in place where the archive is a file on
// disk.
func (rd *reading) zip(name string, r io.Reader, nested int) bool {
	var at io.ReaderAt = rd.input
	length := rd.inputSize
	if nested > 1 || length == 0 {
		b, err := io.ReadAll(io.LimitReader(r, MaxInMemory+1))
		if err != nil {
			return rd.skipFile(name, fault(err), reason(err))
		}
		if len(b) > MaxInMemory {
			return rd.skipFile(name, SkipTooLong, "a zip archive that cannot be read in place; the limit is "+size(MaxInMemory))
		}
		at, length = bytes.NewReader(b), int64(len(b))
	}
	z, err := zip.NewReader(at, length)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return rd.skipFile(name, SkipBroken, err.Error())
	}
	for _, f := range z.File {
		if f.FileInfo().IsDir() || hidden(f.Name) {
			continue
		}
		if !rd.zipMember(name+"/"+memberName(f.Name), f, nested) {
			return false
		}
	}
	return true
}

func (rd *reading) zipMember(name string, f *zip.File, nested int) bool {
	if !f.Mode().IsRegular() {
		return rd.skipFile(name, SkipUnreadable, "a link in an archive is not followed")
	}
	r, err := f.Open()
	if err != nil {
		return rd.skipFile(name, SkipBroken, err.Error())
	}
	defer r.Close()
	return rd.content(name, rd.inflated(r), nested)
}

// memberName makes the name of a member a path below its archive.
func memberName(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(cleanText(name), `\`, "/")), "/")
}

// hidden reports files that archivers add on their own account.
func hidden(name string) bool {
	return strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "__MACOSX/")
}
