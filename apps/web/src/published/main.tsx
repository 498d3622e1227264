import '../design/styles.css'
